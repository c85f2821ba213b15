// The SHA-256 of an agent's program as the agent says it. In: whatever it said. Out: the hash, or null for anything that is none.

const hashShape = /^[0-9a-f]{64}$/;

export const binaryHashOf = (said: string | undefined): string | null => (said !== undefined && hashShape.test(said) ? said : null);
