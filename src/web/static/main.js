// What the pages gain from a script; each of them works without it. Plain module, no library.
export {};
