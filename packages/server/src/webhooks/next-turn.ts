// How long work on alerts keeps the loop before others get their turn: approvals and panic come in on the same one.

export const sliceMs = 8;

export const nextTurn = (): Promise<void> => new Promise((done) => setImmediate(done));
