import { createHash } from 'node:crypto';
import { PERSON_COLUMNS, type PolicyRow } from './policy-row.ts';

/**
 * What rows of one file must not say against each other. Keeps a short digest a policy and a person, so that memory
 * grows with their number and not with the length of the rows. Returns whether the row agrees with those before it.
 */
export function fileChecks(): (row: PolicyRow) => boolean {
  const policies = new Map<string, Seen>();
  const insured = new Map<string, number>();
  const persons = new Map<string, Seen>();

  return (row) => {
    let agrees = true;
    const fault = (column: string | null, code: string, zh: string, en: string) => {
      agrees = false;
      row.fault(column, code, zh, en);
    };
    const { policyNo, terms, state, stateFrom, holder } = row;
    const pair = `${policyNo}|${row.insured.idNumber}`;
    const twin = insured.get(pair);
    if (twin !== undefined)
      fault(
        null,
        'duplicate',
        `与第 ${twin} 行重复（同一保单、同一被保险人）`,
        `repeats line ${twin} (same policy, same insured)`,
      );

    const policy = digest(terms, state, stateFrom, holder.idNumber);
    const sibling = policies.get(policyNo);
    if (sibling && sibling.digest !== policy)
      fault(
        'policyNo',
        'policy-differs',
        `同一保单的期限、状态、参数或投保人与第 ${sibling.line} 行不同`,
        `term, state, parameters or policyholder of the policy differ from line ${sibling.line}`,
      );

    const found: [string, Seen][] = [];
    for (const [who, person] of [
      ['insured', row.insured],
      ['holder', holder],
    ] as const) {
      const mine = {
        line: row.line,
        digest: digest(person.idType, person.name, person.bornOn),
        phone: digest(person.phone),
      };
      const other = persons.get(person.idNumber);
      if (other && other.digest !== mine.digest)
        fault(
          PERSON_COLUMNS[who].idNumber,
          'person-differs',
          `同一证件号码在第 ${other.line} 行是另一个姓名、证件类型或出生日期`,
          `line ${other.line} has another name, ID type or birth date under this ID number`,
        );
      else if (other && person.phone !== '' && other.phone !== digest('') && other.phone !== mine.phone)
        fault(
          PERSON_COLUMNS[who].phone,
          'phone-differs',
          `同一人在第 ${other.line} 行是另一个手机号`,
          `line ${other.line} has another telephone of the same person`,
        );
      found.push([person.idNumber, other && person.phone === '' ? other : mine]);
    }
    if (agrees) {
      insured.set(pair, row.line);
      policies.set(policyNo, { line: sibling?.line ?? row.line, digest: policy });
      for (const [idNumber, seen] of found) persons.set(idNumber, seen);
    }
    return agrees;
  };
}

type Seen = { readonly line: number; readonly digest: string; readonly phone?: string };

const digest = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64').slice(0, 22);
