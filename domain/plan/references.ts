/**
 * Names that a plan mentions but never defines. It reads the plain data, not a parsed plan, so that these faults are
 * found also where other parts of the file do not have the right shape.
 */

import { KINDS } from '#domain/journeys/kinds.ts';
import { TEMPLATE_CODES } from '#domain/messages/templates.ts';
import { RULES } from '../eligibility/reasons.ts';
import { isParty } from '../journeys/journey.ts';
import { type Finding, t } from './explain.ts';
import { LISTS } from './schema.ts';
import { ENGINE_RULES, GIVEN_FACTS, KINDS_WITH_OWN_YEAR } from './vocabulary.ts';

type Path = readonly (string | number)[];
type Row = Record<string, unknown>;

/** Every name in the plan's data that points at nothing. */
export function findDanglingReferences(data: unknown): Finding[] {
  if (!isRow(data)) return [];
  const clauses = namesOf(data.clauses, 'id');
  return [
    // Without a clause table that fault alone is told, not one for every citation.
    ...(Array.isArray(data.clauses)
      ? walk(data, []).flatMap(({ path, value }) => clauseFindings(path, value, clauses))
      : []),
    ...serviceFindings(data),
    ...illnessFindings(data),
    ...informedConsentFindings(data),
    ...enforcementFindings(data),
  ];
}

function clauseFindings(path: Path, value: unknown, clauses: ReadonlySet<string>): Finding[] {
  // A door cites a list of clauses.
  const key = path.at(-2) === 'clauses' ? 'clause' : path.at(-1);
  if (typeof value !== 'string' || typeof key !== 'string' || !/^(clause|.*Clause)$/.test(key) || clauses.has(value))
    return [];
  return [
    {
      path,
      message: t(
        `这里引用了条款“${value}”，计划的条款表没有它：在 clauses 补一行，或改引别的条款。`,
        `Clause "${value}" is cited here, but the plan's clause table has no such id: add its row under clauses or cite another.`,
      ),
    },
  ];
}

function serviceFindings(plan: Row): Finding[] {
  const consentTexts = namesOf(plan.consentTexts, 'id');
  const notices = namesOf(plan.notices, 'id');
  const providers = namesOf(plan.providers, 'code');
  const paperKinds = namesOf(plan.paperKinds, 'kind');
  return entriesOf(plan.services).flatMap(([code, service]) => {
    const at: Path = ['services', code];
    const named = (path: Path, value: unknown, known: ReadonlySet<string>, what: string, table: string): Finding[] =>
      typeof value !== 'string' || known.has(value)
        ? []
        : [
            {
              path: [...at, ...path],
              message: t(
                `${table} 里没有“${value}”：请在那里定义，或改用已有的。`,
                `There is no ${what} "${value}": define it under ${table} or name one that exists.`,
              ),
            },
          ];
    return [
      ...milestoneFindings(service, at),
      ...rowsOf(service.papers).flatMap(([row, index]) =>
        named(['papers', index, 'kind'], row.kind, paperKinds, 'paper kind', 'paperKinds'),
      ),
      ...rowsOf(service.consents).flatMap(([row, index]) => [
        ...named(['consents', index, 'text'], row.text, consentTexts, 'consent text', 'consentTexts'),
        ...purposeFindings(plan, row, [...at, 'consents', index]),
        ...(isParty(String(row.to))
          ? []
          : named(['consents', index, 'to'], row.to, providers, 'provider', 'providers')),
      ]),
      ...listOf(service.notices).flatMap((id, index) => named(['notices', index], id, notices, 'notice', 'notices')),
      ...(isRow(service.provider)
        ? named(['provider', 'default'], service.provider.default, providers, 'provider', 'providers')
        : []),
      ...rowsOf(service.messages).flatMap(([row, index]) =>
        named(
          ['messages', index, 'template'],
          row.template,
          TEMPLATES,
          'message template',
          'domain/messages/templates.ts',
        ),
      ),
    ];
  });
}

/** What she reads must be what she agrees to: the text asked for speaks of the same purpose. */
function purposeFindings(plan: Row, consent: Row, at: Path): Finding[] {
  const texts = rowsOf(plan.consentTexts).filter(([text]) => text.id === consent.text);
  if (texts.length === 0 || texts.some(([text]) => text.purpose === consent.purpose)) return [];
  const purposes = texts.map(([text]) => `"${text.purpose}"`).join(' or ');
  return [
    {
      path: [...at, 'purpose'],
      message: t(
        `同意书“${consent.text}”的用途是 ${purposes}，不是“${consent.purpose}”：两处须写同一用途。`,
        `The consent text "${consent.text}" is for ${purposes}, not for "${consent.purpose}": name one purpose in both.`,
      ),
    },
  ];
}

const TEMPLATES: ReadonlySet<string> = new Set(TEMPLATE_CODES);

function milestoneFindings(service: Row, at: Path): Finding[] {
  const kind = isRow(service.journey) ? service.journey.kind : undefined;
  if (typeof kind !== 'string') return [];
  if (!Object.hasOwn(KINDS, kind)) {
    return [
      {
        path: [...at, 'journey', 'kind'],
        message: t(
          `没有“${kind}”这种服务类型。有的是 ${Object.keys(KINDS).join('、')}。`,
          `There is no service kind "${kind}". The kinds are ${Object.keys(KINDS).join(', ')}.`,
        ),
      },
    ];
  }
  const known = new Set(KINDS[kind]);
  const facts = GIVEN_FACTS[kind] ?? [];
  const findings: Finding[] = [];
  for (const { path, value } of walk(service, at)) {
    const key = path.at(-1);
    if (
      (key === 'on' || key === 'after' || key === 'before' || key === 'from' || key === 'until') &&
      typeof value === 'string' &&
      !known.has(value)
    ) {
      const near = closest(value, known);
      findings.push({
        path,
        message: t(
          `服务类型“${kind}”没有节点“${value}”${near.length === 0 ? '' : `；相近的有 ${near.join('、')}`}。`,
          `The service kind "${kind}" has no milestone "${value}"${near.length === 0 ? '' : `; near it are ${near.join(', ')}`}.`,
        ),
      });
    }
    if (key === 'given' && isRow(value)) {
      for (const fact of Object.keys(value).filter((name) => !facts.includes(name))) {
        const allowed = facts.length === 0 ? 'it asks for none' : `it knows ${facts.join(', ')}`;
        findings.push({
          path: [...path, fact],
          at: 'key',
          message: t(
            `“${kind}”的申请里没有“${fact}”这项事实：${facts.length === 0 ? '它不问任何事实' : `有的是 ${facts.join('、')}`}。`,
            `"${fact}" is no fact that a request of kind "${kind}" states: ${allowed}.`,
          ),
        });
      }
    }
    if (key === 'act' && typeof value === 'string' && !KINDS_WITH_OWN_YEAR.includes(kind)) {
      findings.push({
        path,
        message: t(
          `只有先开通再使用的服务才有 act，“${kind}”不是：请删掉“act”。`,
          `Only services that are opened and then used have an act; the kind "${kind}" is not one of them. Remove "act".`,
        ),
      });
    }
  }
  return findings;
}

/** A laboratory's text belongs to a service that asks for consent to a laboratory, and to a provider of the plan. */
function informedConsentFindings(plan: Row): Finding[] {
  const providers = namesOf(plan.providers, 'code');
  const asking = new Set(
    entriesOf(plan.services).flatMap(([code, service]) =>
      rowsOf(service.consents).some(([consent]) => consent.to === 'laboratory') ? [code] : [],
    ),
  );
  return rowsOf(plan.informedConsents).flatMap(([row, index]): Finding[] => [
    ...(typeof row.service !== 'string' || asking.has(row.service)
      ? []
      : [
          {
            path: ['informedConsents', index, 'service'],
            message: t(
              `服务“${row.service}”没有征求对检测机构的同意：请改用征求同意的服务。`,
              `The service "${row.service}" asks for no consent to a laboratory: name one that does.`,
            ),
          },
        ]),
    ...(typeof row.laboratory !== 'string' || providers.has(row.laboratory)
      ? []
      : [
          {
            path: ['informedConsents', index, 'laboratory'],
            message: t(
              `providers 里没有“${row.laboratory}”：请在那里定义，或改用已有的。`,
              `There is no provider "${row.laboratory}": define it under providers or name one that exists.`,
            ),
          },
        ]),
  ]);
}

function illnessFindings(plan: Row): Finding[] {
  const paperKinds = namesOf(plan.paperKinds, 'kind');
  return rowsOf(plan.illnesses).flatMap(([row, index]) =>
    listOf(row.evidence).flatMap((kind, position): Finding[] =>
      typeof kind !== 'string' || paperKinds.has(kind)
        ? []
        : [
            {
              path: ['illnesses', index, 'evidence', position],
              message: t(
                `证明“${kind}”不是资料种类：请在 paperKinds 定义。`,
                `The evidence "${kind}" is no paper kind: define it under paperKinds.`,
              ),
            },
          ],
    ),
  );
}

/** What a clause row says enforces it must exist: a promise of a service, a quota of a service, a notice, a step… */
function enforcementFindings(plan: Row): Finding[] {
  const services = entriesOf(plan.services);
  const known: Readonly<Record<string, ReadonlySet<unknown>>> = {
    rule: new Set<string>([...RULES, ...ENGINE_RULES]),
    promise: new Set(
      services.flatMap(([code, service]) => rowsOf(service.promises).map(([row]) => `${code}/${row.code}`)),
    ),
    quota: new Set(services.map(([code]) => code)),
    step: new Set(
      services.flatMap(([, service]) => KINDS[isRow(service.journey) ? String(service.journey.kind) : ''] ?? []),
    ),
    list: new Set<string>(LISTS),
    notice: namesOf(plan.notices, 'id'),
    consent: namesOf(plan.consentTexts, 'id'),
  };
  return rowsOf(plan.clauses).flatMap(([row, index]) =>
    listOf(row.enforcedBy).flatMap((entry, position): Finding[] => {
      if (typeof entry !== 'string' || !entry.includes(':')) return [];
      const [sort = '', name] = entry.split(/:(.*)/s);
      if (known[sort] === undefined || known[sort].has(name)) return [];
      const hint = sort === 'promise' ? ' (write promise:service/code)' : '';
      return [
        {
          path: ['clauses', index, 'enforcedBy', position],
          message: t(
            `条款写明由 ${sort}“${name}”执行，但没有它${sort === 'promise' ? '（写作 promise:服务/代码）' : ''}。`,
            `The clause is said to be enforced by ${sort} "${name}", which does not exist${hint}.`,
          ),
        },
      ];
    }),
  );
}

function closest(name: string, known: ReadonlySet<string>): string[] {
  const words = new Set(name.split('-'));
  return [...known].filter((other) => other.split('-').some((word) => words.has(word))).slice(0, 4);
}

function walk(value: unknown, path: Path): { path: Path; value: unknown }[] {
  const found: { path: Path; value: unknown }[] = [{ path, value }];
  if (Array.isArray(value)) for (const [index, item] of value.entries()) found.push(...walk(item, [...path, index]));
  else if (isRow(value)) for (const [key, item] of Object.entries(value)) found.push(...walk(item, [...path, key]));
  return found;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
function rowsOf(value: unknown): [Row, number][] {
  return listOf(value).flatMap((row, index): [Row, number][] => (isRow(row) ? [[row, index]] : []));
}
function entriesOf(value: unknown): [string, Row][] {
  return isRow(value)
    ? Object.entries(value).flatMap(([key, row]): [string, Row][] => (isRow(row) ? [[key, row]] : []))
    : [];
}
function namesOf(table: unknown, key: string): ReadonlySet<string> {
  return new Set(rowsOf(table).flatMap(([row]) => (typeof row[key] === 'string' ? [row[key]] : [])));
}
