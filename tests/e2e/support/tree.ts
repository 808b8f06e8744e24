/**
 * What a screen is to those who hear it: its accessibility tree, kept in tests/e2e/trees/ so that a change of names, roles
 * or order is read in review. `npm run trees` renews them. What differs from one run to the next is masked, and of what
 * repeats itself the first few are kept.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';

const FOLDER = resolve(import.meta.dirname, '../trees');
/** Of siblings that repeat each other, how many are kept. */
const KEPT = 3;

/** What runs with the clock, or is drawn by lot. What is in a cell is data; what can be done there is not. */
const MASKS: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…'],
  [/\b[0-9a-f]{32}\b/g, '…'],
  [/(取药码\n\s*- definition: )"\d{6}"/g, '$1…'],
  [/(演示环境 · )[^"·]+/g, '$1…'],
  [/(- time: ).*/g, '$1…'],
  [/(现在 )\d{4}年[^"]*/g, '$1…'],
  [/(已用去) \d+%/g, '$1 …'],
  [/(- timer\b.*: ).*/g, '$1…'],
  [/(还剩|已晚|还为您保留)[^·"，]*/g, '$1 …'],
  // The sandbox starts at ten; what happens in the first minutes is told with them.
  [/今天 10:0\d/g, '今天 …'],
  [/- (row|cell) ".*?"(:?)$/gm, '- $1$2'],
];

type Node = { line: string; children: Node[] };

function parse(text: string): Node[] {
  const roots: Node[] = [];
  const stack: { indent: number; children: Node[] }[] = [{ indent: -1, children: roots }];
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/);
    const node: Node = { line: line.trim(), children: [] };
    while (stack.at(-1)!.indent >= indent) stack.pop();
    stack.at(-1)!.children.push(node);
    stack.push({ indent, children: node.children });
  }
  return roots;
}

function shorten(nodes: Node[]): Node[] {
  const counts = new Map<string, number>();
  return nodes.flatMap((node) => {
    const role = /^- (listitem|row|article|option)\b/.exec(node.line)?.[1];
    const count = (counts.get(role ?? '') ?? 0) + 1;
    counts.set(role ?? '', count);
    if (role && count > KEPT) return count > KEPT + 1 ? [] : [{ line: `- ${role} …`, children: [] }];
    return [{ ...node, children: shorten(node.children) }];
  });
}

const write = (nodes: Node[], depth = 0): string =>
  nodes.map(({ line, children }) => `${'  '.repeat(depth)}${line}\n${write(children, depth + 1)}`).join('');

/** The tree of what shows now, masked and shortened. */
export async function treeOf(page: Page): Promise<string> {
  const text = await page.locator('body').ariaSnapshot();
  return write(shorten(parse(MASKS.reduce((masked, [what, by]) => masked.replace(what, by), text))));
}

/** Compares the screen with the tree that is kept of it, or keeps it anew. */
export async function expectTree(page: Page, name: string): Promise<void> {
  const file = resolve(FOLDER, `${name}.txt`);
  const tree = await treeOf(page);
  if (process.env.YILU_TREES === 'renew') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, tree);
    return;
  }
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect
    .soft(tree, `the tree of ${name}; if the change is meant, "npm run trees" and read the difference`)
    .toBe(before);
}
