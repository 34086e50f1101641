// Keeps the check of the plain-JavaScript assets runnable while a room has none yet.
export {};
