// Node's `ws`, from the folder named by the first argument: the loop over `clients` that its own documentation shows.
"use strict";
const readline = require("node:readline");
const { WebSocketServer } = require(require.resolve("ws", { paths: [process.argv[2]] }));

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
const turn = () => new Promise(setImmediate);
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

async function send(count, size) {
  for (let each = 0; each < count; each++) {
    const message = "x".repeat(size);
    for (const client of server.clients) client.send(message);
    await turn();
  }
  return count * (size + 4);
}

function used() {
  const { user, system } = process.cpuUsage();
  return { cpu_seconds: (user + system) / 1e6 };
}

server.on("listening", async () => {
  say({ port: server.address().port, path: "/" });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [name, ...numbers] = line.split(" ");
    say(name === "send" ? await send(...numbers.map(Number)) : used());
  }
  process.exit(0);
});
