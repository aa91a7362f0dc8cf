// Drives the real yaml-language-server, as an editor does, on what `scruple init` and `scruple new rule` write: the
// schemas have to give a diagnostic, completions and hovers.
// usage: node language_server_test.mjs SCRUPLE SERVER WORK_FOLDER
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [scruple, server, work] = process.argv.slice(2);
const patience = 30_000; // milliseconds for one answer

// --- JSON-RPC over standard input and output, as the Language Server Protocol frames it ---

const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const answers = new Map(); // id of a request -> what to do with its answer
const diagnostics = new Map(); // address of a file -> its latest diagnostics
let waiting = []; // who waits for diagnostics
let received = Buffer.alloc(0);
let lastId = 0;

function send(message) {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function withPatience(what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer: ${what}`)), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function request(method, params) {
  const id = ++lastId;
  send({ id, method, params });
  return withPatience(method, new Promise((resolve) => answers.set(id, resolve)));
}

const settings = {
  validate: true,
  hover: true,
  completion: true,
  schemaStore: { enable: false },
  kubernetesCRDStore: { enable: false },
};

function receive(message) {
  if (message.method === undefined) {
    assert.equal(message.error, undefined);
    answers.get(message.id)?.(message.result);
  } else if (message.method === "textDocument/publishDiagnostics") {
    diagnostics.set(message.params.uri, message.params.diagnostics);
    waiting = waiting.filter((look) => !look());
  } else if (message.method === "workspace/configuration") {
    const result = message.params.items.map((item) => (item.section === "yaml" ? settings : null));
    send({ id: message.id, result });
  } else if (message.id !== undefined) {
    send({ id: message.id, result: null });
  }
}

child.stdout.on("data", (bytes) => {
  received = Buffer.concat([received, bytes]);
  for (;;) {
    const end = received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, end).toString())[1]);
    if (received.length < end + 4 + length) return;
    const body = received.subarray(end + 4, end + 4 + length).toString();
    received = received.subarray(end + 4 + length);
    receive(JSON.parse(body));
  }
});

// --- what an editor does ---

let version = 0;

function open(path, text) {
  const uri = pathToFileURL(path).href;
  send({
    method: "textDocument/didOpen",
    params: { textDocument: { uri, languageId: "yaml", version: ++version, text } },
  });
  return uri;
}

// The first diagnostic of a file whose message matches.
function diagnostic(uri, pattern) {
  const found = () => (diagnostics.get(uri) ?? []).find((one) => pattern.test(one.message));
  const wait = new Promise((resolve) => {
    const look = () => {
      if (found()) resolve(found());
      return found() !== undefined;
    };
    if (!look()) waiting.push(look);
  });
  return withPatience(`a diagnostic ${pattern} of ${uri}; there are ${JSON.stringify(diagnostics.get(uri))}`, wait);
}

// The place behind `needle`, or in its first character.
function place(text, needle, behind) {
  const at = text.indexOf(needle);
  assert.notEqual(at, -1, `${needle} is not in the text`);
  const before = text.slice(0, at + (behind ? needle.length : 0)).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
}

async function completions(uri, position) {
  const result = await request("textDocument/completion", { textDocument: { uri }, position });
  return (result.items ?? result).map((item) => item.label);
}

async function hover(uri, position) {
  const result = await request("textDocument/hover", { textDocument: { uri }, position });
  const contents = result?.contents ?? "";
  return typeof contents === "string" ? contents : (contents.value ?? JSON.stringify(contents));
}

function run(...arguments_) {
  return execFileSync(scruple, arguments_, { cwd: work, encoding: "utf8" });
}

async function tryManifest() {
  run("init", "--name", "Spring", "--channel", "email", "--market", "DE", "--language", "de", "--ai", "writes");
  const path = join(work, "campaign.yaml");
  const text = readFileSync(path, "utf8").replace("\n  launch_date:", "\n  lanuch_date: 2026-03-01\n  launch_date:");
  const uri = open(path, text);

  const problem = await diagnostic(uri, /lanuch_date/);
  assert.equal(problem.range.start.line, place(text, "lanuch_date").line);
  const values = await completions(uri, place(text, "\n  status: ", true));
  for (const value of ["idea", "in_review", "closed"]) assert.ok(values.includes(value), `${value} in ${values}`);
  const inserted = text.replace("\n  status: idea\n", "\n  status: idea\n  \n");
  const other = open(join(work, "other.campaign.yaml"), inserted);
  const keys = await completions(other, place(inserted, "\n  status: idea\n  ", true));
  for (const key of ["end_date", "category"]) assert.ok(keys.includes(key), `${key} in ${keys}`);
  const shown = await hover(uri, place(text, "launch_date:"));
  assert.match(shown, /first day on which it reaches customers/);

  const organization = join(work, "organization.yaml");
  const company = readFileSync(organization, "utf8").replace("\n  size:", "\n  size: tiny");
  await diagnostic(open(organization, company), /solo|small|enum|accepted/i);
}

async function tryPack() {
  run("new", "rule", "short-subject", "--pack", "house");
  writeFileSync(join(work, "house/pack.schema.json"), run("schema", "pack"));
  const path = join(work, "house/short-subject.yaml");
  const rule = readFileSync(path, "utf8").replace("\nseverity: ", "\nseverty: info\nseverity: ");
  const text = `# yaml-language-server: $schema=pack.schema.json\n${rule}`;
  const uri = open(path, text);
  await diagnostic(uri, /severty/);
  const values = await completions(uri, place(text, "\ngate: ", true));
  assert.ok(values.includes("stakeholder"), `stakeholder in ${values}`);
  assert.match(await hover(uri, place(text, "remediation:")), /what to do/i);
}

try {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, ".git"), { recursive: true });
  await request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(work).href,
    workspaceFolders: [{ uri: pathToFileURL(work).href, name: "work" }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { completion: {}, hover: { contentFormat: ["markdown"] }, publishDiagnostics: {} },
    },
  });
  send({ method: "initialized", params: {} });
  await tryManifest();
  await tryPack();
  console.log("yaml-language-server: diagnostics, completions and hovers are right");
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  child.kill();
}
