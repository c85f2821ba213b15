export function machineLine(): string;
export function writeSection(title: string, body: string): void;
