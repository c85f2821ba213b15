// Sizes of memory and output as words: "512 bytes", "10 MiB", "1.5 GiB". Pure.

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];
const STEP = 1_024;

/** @param bytes whole, not negative */
export const formatSize = (bytes: number): string => {
  const power = bytes < STEP ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / STEP ** power).toFixed(1))} ${UNITS[power] ?? ""}`;
};
