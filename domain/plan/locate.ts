import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** A place in the file, both counted from 1, as editors do. */
export type Place = { line: number; column: number };
export type Path = readonly (string | number)[];

/** A parsed text that knows where each value was written. */
export type Source = {
  readonly document: Document.Parsed;
  placeAt(offset: number): Place;
  /** The place of the value at `path`, or of its key with `of: 'key'`; of the nearest parent where it is missing. */
  locate(path: Path, of?: 'key' | 'value'): Place;
};

/** Parses YAML and keeps the positions. Never throws: syntax errors stand in `document.errors` with `linePos`. */
export function parseSource(text: string): Source {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, strict: true, uniqueKeys: true });
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return {
    document,
    placeAt,
    locate(path, of = 'value') {
      let node: unknown = document.contents;
      let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
      for (const [depth, step] of path.entries()) {
        const found = findChild(resolved(node, document), step);
        if (found === undefined) break;
        const last = depth === path.length - 1;
        offset = (last && of === 'key' ? found.key : found.value) ?? found.key ?? offset;
        node = found.node;
      }
      return placeAt(offset);
    },
  };
}

function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

type Child = { node: unknown; key: number | undefined; value: number | undefined };

function findChild(node: unknown, step: string | number): Child | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
    if (pair === undefined) return undefined;
    return { node: pair.value, key: startOf(pair.key), value: startOf(pair.value) };
  }
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step];
    return item === undefined ? undefined : { node: item, key: startOf(item), value: startOf(item) };
  }
  return undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
