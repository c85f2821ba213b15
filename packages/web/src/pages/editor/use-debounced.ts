// The value as it was once nobody changed it for a while; the first value counts at once.
import { useEffect, useState } from "react";

export const useDebounced = <T>(value: T, waitMs: number): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), waitMs);
    return () => clearTimeout(timer);
  }, [value, waitMs]);
  return settled;
};
