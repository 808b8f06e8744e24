import { checkPlan } from './check.ts';
import { explainIssue, type Finding, nameOf, t } from './explain.ts';
import type { Fault } from './faults.ts';
import { type Path, type Place, parseSource, type Source } from './locate.ts';
import { findDanglingReferences } from './references.ts';
import { Plan, type Text } from './schema.ts';

export type { Fault };
/** `plan` is null as long as there is one fault. `locate` finds the place of any value for faults across files. */
export type ReadPlan = { file: string; plan: Plan | null; faults: Fault[]; locate: (path: Path) => Place };

const MAX_TEXT = 4_000_000;

/**
 * Reads one plan file. Never throws: whatever is wrong with the text comes back as faults, ordered by line.
 * References are checked even where the structure is broken elsewhere, so that an author sees every fault at once.
 */
export function readPlan(text: string, file: string): ReadPlan {
  if (text.length > MAX_TEXT)
    return failed(
      file,
      t(
        `文件超过 ${MAX_TEXT} 个字符，不会是计划。`,
        `The file is longer than ${MAX_TEXT} characters: it cannot be a plan.`,
      ),
    );
  const source = parseSource(text);
  const syntax = source.document.errors.map((error) => ({
    file,
    ...source.placeAt(error.pos[0]),
    path: '',
    message: yamlSays(error.message),
  }));
  if (syntax.length > 0) return { file, plan: null, faults: distinct(syntax), locate: source.locate };

  const data = plainData(source);
  if (data.fault !== undefined) return failed(file, data.fault);
  const parsed = Plan.safeParse(data.value);
  const structural = parsed.success ? [] : parsed.error.issues.flatMap((issue) => explainIssue(issue, data.value));
  const findings = [...structural, ...findDanglingReferences(data.value), ...checkPlan(data.value)];
  const faults = distinct(findings.map((finding) => faultOf(finding, file, source)));
  return { file, plan: parsed.success && faults.length === 0 ? parsed.data : null, faults, locate: source.locate };
}

/** The parser speaks English only. */
const yamlSays = (words: string): Text => t(`YAML 格式有误：${words}`, `YAML: ${words}`);

function plainData(source: Source): { value: unknown; fault?: Text } {
  try {
    const value: unknown = source.document.toJS({ maxAliasCount: 100 });
    // Throws where an alias holds itself; walking such data would never end.
    JSON.stringify(value);
    return { value };
  } catch (error) {
    return { value: null, fault: yamlSays(error instanceof Error ? error.message : String(error)) };
  }
}

function faultOf(finding: Finding, file: string, source: Source): Fault {
  return { file, ...source.locate(finding.path, finding.at), path: nameOf(finding.path), message: finding.message };
}

function failed(file: string, message: Text): ReadPlan {
  const start = { line: 1, column: 1 };
  return { file, plan: null, faults: [{ file, ...start, path: '', message }], locate: () => start };
}

function distinct(faults: Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults
    .filter((fault) => {
      const key = `${fault.line}:${fault.column}:${fault.message.en}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((one, other) => one.line - other.line || one.column - other.column);
}
