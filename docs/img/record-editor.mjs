// Records docs/img/editor-completion.svg: asks yaml-language-server, the one behind editors, and draws what it answers.
//
//   npm install --prefix /tmp/yls yaml-language-server@1.25.0
//   node docs/img/record-editor.mjs /tmp/yls/node_modules/yaml-language-server/bin/yaml-language-server

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const ROOT = new URL('../../policy-config/', import.meta.url).href;
const PICTURE = new URL('editor-completion.svg', import.meta.url);
const HEAD = `# yaml-language-server: $schema=../schema/cenotaph-policy-v1.schema.json
version: 1
upstream: \${SHOP_URL:http://localhost:9090}
resources:
  orders:
`;
const UNFINISHED = HEAD + '    path: /api/orders\n    marker:\n      t';
const BROKEN = HEAD + `    path: api/orders
    marker: { timestmp: deleted_at }
    answers: { gone: 403 }
    retention: P1Y`;

const server = new (class {
  #process = spawn('node', [process.argv[2], '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  #received = Buffer.alloc(0);
  #asked = new Map();
  #diagnosed = new Map();

  constructor() {
    this.#process.stdout.on('data', (bytes) => this.#receive(bytes));
  }

  ask(method, params) {
    const id = this.#asked.size + 1;
    this.tell(method, params, id);
    return new Promise((resolve) => this.#asked.set(id, resolve));
  }

  tell(method, params, id) {
    this.#send({ jsonrpc: '2.0', id, method, params });
  }

  open(uri, text) {
    const diagnosed = new Promise((resolve) => this.#diagnosed.set(uri, resolve));
    this.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return diagnosed;
  }

  stop() {
    this.#process.kill();
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify(message));
    this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  }

  #receive(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n');
      const length = end < 0 ? 0 : Number(/Content-Length: (\d+)/.exec(this.#received.subarray(0, end))[1]);
      if (end < 0 || this.#received.length < end + 4 + length) {
        return;
      }
      const message = JSON.parse(this.#received.subarray(end + 4, end + 4 + length));
      this.#received = this.#received.subarray(end + 4 + length);
      this.#handle(message);
    }
  }

  #handle(message) {
    if (message.method === 'textDocument/publishDiagnostics') {
      this.#diagnosed.get(message.params.uri)(message.params.diagnostics);
    } else if (message.method && message.id !== undefined) {
      const result = message.method === 'workspace/configuration' ? message.params.items.map(() => null) : null;
      this.#send({ jsonrpc: '2.0', id: message.id, result });
    } else if (message.id !== undefined) {
      this.#asked.get(message.id)(message.result);
    }
  }
})();

async function record() {
  await server.ask('initialize', {
    processId: process.pid,
    rootUri: ROOT,
    workspaceFolders: [{ uri: ROOT, name: 'policy-config' }],
    capabilities: { textDocument: { completion: {}, publishDiagnostics: {} }, workspace: { workspaceFolders: true } },
  });
  server.tell('initialized', {});
  server.tell('workspace/didChangeConfiguration', {
    settings: { yaml: { validate: true, completion: true, schemaStore: { enable: false } } },
  });
  const unfinished = ROOT + 'policies/unfinished.yaml';
  await server.open(unfinished, UNFINISHED);
  const position = { line: 7, character: 7 };
  const { items } = await server.ask('textDocument/completion', { textDocument: { uri: unfinished }, position });
  const diagnostics = await server.open(ROOT + 'policies/broken.yaml', BROKEN);
  return { items, diagnostics };
}

const LINE = 20, CHAR = 7.83, WIDTH = 1000, LEFT = 24;
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function text(x, y, words, style) {
  return `<text x="${x}" y="${y}" class="${style}" xml:space="preserve">${escaped(words)}</text>`;
}

function wrapped(words, width) {
  const lines = [''];
  for (const word of words.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    longer.length > width ? lines.push(word) : lines.splice(-1, 1, longer);
  }
  return lines;
}

function source(top, content) {
  return content.split('\n').map((line, i) => text(LEFT, top + i * LINE, line, line.startsWith('#') ? 'note' : 'code'));
}

function completions(top, items) {
  const parts = [];
  let y = top + LINE;
  for (const { label, documentation } of items) {
    const lines = wrapped(documentation?.value ?? documentation ?? '', 92);
    parts.push(text(LEFT + 54, y, label, 'key'));
    lines.forEach((line, i) => parts.push(text(LEFT + 160, y + i * LINE, line, 'said')));
    y += lines.length * LINE;
  }
  const box = `<rect x="${LEFT + 42}" y="${top}" width="${WIDTH - LEFT - 66}" height="${y - top - LINE + 10}" class="box"/>`;
  return { parts: [box, ...parts], bottom: y + 10 };
}

function underlined(top, { range }) {
  const y = top + range.start.line * LINE + 5;
  const from = LEFT + range.start.character * CHAR, to = LEFT + range.end.character * CHAR;
  const waves = Array.from({ length: Math.ceil((to - from) / 4) }, (_, i) => `l2,${i % 2 ? 2 : -2}`).join(' l2,0 ');
  return `<path d="M${from},${y} ${waves}" class="wave"/>`;
}

function diagnosed(top, diagnostics) {
  const parts = [];
  let y = top;
  for (const { range, message } of diagnostics) {
    parts.push(text(LEFT, y, `${range.start.line + 1}:${range.start.character + 1}`, 'error'));
    for (const line of wrapped(message, 112)) {
      parts.push(text(LEFT + 54, y, line, 'said'));
      y += LINE;
    }
  }
  return { parts, bottom: y };
}

function picture({ items, diagnostics }) {
  const list = completions(44 + 7 * LINE + 8, items);
  const second = list.bottom + 50;
  const told = diagnosed(second + BROKEN.split('\n').length * LINE + 10, diagnostics);
  const parts = [
    ...source(44, UNFINISHED), ...list.parts,
    `<path d="M0,${second - 34} h${WIDTH}" class="rule"/>`,
    ...source(second, BROKEN), ...diagnostics.map((diagnostic) => underlined(second, diagnostic)), ...told.parts,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${told.bottom}" role="img">
<title>yaml-language-server completes a marker, and finds four mistakes</title>
<style>
text { font: 13px 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #d4d4d4 }
.note { fill: #6a9955 } .key { fill: #9cdcfe } .said { fill: #b8b8b8; font-size: 12.5px } .error { fill: #f48771 }
.box { fill: #2d2d30; stroke: #454545 } .wave { fill: none; stroke: #f14c4c } .rule { stroke: #454545 }
</style>
<rect width="${WIDTH}" height="${told.bottom}" rx="6" fill="#1e1e1e"/>
${parts.join('\n')}
</svg>
`;
}

writeFileSync(PICTURE, picture(await record()));
server.stop();
