export function delvePath(): string;
export function ensureDelve(say: (line: string) => void): Promise<void>;
