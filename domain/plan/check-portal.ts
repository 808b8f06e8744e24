/** What is wrong with a plan's portal: doors that are named but not there, or there and empty; services behind none. */
import { type Finding, t, twice } from './explain.ts';

type Path = readonly (string | number)[];
type Row = Record<string, unknown>;

/** Reads the plain data, so that these faults are told beside all others. */
export function checkPortal(plan: Row): Finding[] {
  const services = Object.entries(rowOf(plan.services)).map(([code, service]) => ({
    code,
    service: rowOf(service),
    entries: rowsOf(rowOf(service).doors),
  }));
  const doors = rowsOf(rowOf(plan.portal).doors);
  return [
    ...twice(doors.map(({ code }) => String(code))).map(({ name, index }) => ({
      path: ['portal', 'doors', index, 'code'],
      message: t(
        `门“${name}”定义了两次：删掉一个，或改名。`,
        `The door "${name}" is defined twice: remove one or rename it.`,
      ),
    })),
    ...doors.flatMap(({ code }, index): Finding[] =>
      services.some(({ entries }) => entries.some(({ door }) => door === code))
        ? []
        : [
            {
              path: ['portal', 'doors', index, 'code'],
              message: t(
                `门“${String(code)}”后面没有任何服务：请给一项服务写上它，或删掉这个门。`,
                `No service stands behind the door "${String(code)}": name it in a service's doors, or remove it.`,
              ),
            },
          ],
    ),
    ...services.flatMap(({ code, service, entries }) => [
      ...checkEntries(entries, new Set(doors.map((door) => door.code)), ['services', code, 'doors']),
      ...(doors.length > 0 && entries.length === 0
        ? [
            {
              path: ['services', code],
              at: 'key' as const,
              message: t(
                `服务“${code}”没有放在任何门后：请在 doors 写明一个。`,
                `The service "${code}" stands behind no door: name one in its doors.`,
              ),
            },
          ]
        : []),
      ...checkItems(service, entries, ['services', code, 'doors']),
      ...checkInstead(service, code, new Set(services.map((one) => one.code))),
    ]),
  ];
}

function checkEntries(entries: readonly Row[], known: ReadonlySet<unknown>, at: Path): Finding[] {
  return [
    ...entries.flatMap(({ door }, index): Finding[] =>
      typeof door !== 'string' || known.has(door)
        ? []
        : [
            {
              path: [...at, index, 'door'],
              message: t(
                `portal 里没有“${door}”这个门：请在 portal.doors 定义，或改用已有的。`,
                `There is no door "${door}": define it under portal.doors or name one that exists.`,
              ),
            },
          ],
    ),
    ...twice(entries.map(({ door, item }) => `${String(door)}${item === undefined ? '' : ` (${String(item)})`}`)).map(
      ({ name, index }) => ({
        path: [...at, index, 'door'],
        message: t(`“${name}”写了两次：删掉一个。`, `"${name}" is named twice: remove one.`),
      }),
    ),
  ];
}

/** Entries by item: each an item that is given, and no item that is given without its entry. */
function checkItems(service: Row, entries: readonly Row[], at: Path): Finding[] {
  const given = rowsOf(rowOf(service.assist).items).map(({ code }) => String(code));
  const named = entries.flatMap(({ item }) => (typeof item === 'string' ? [item] : []));
  if (named.length === 0) return [];
  return [
    ...entries.flatMap(({ item }, index): Finding[] =>
      typeof item !== 'string' || given.includes(item)
        ? []
        : [
            {
              path: [...at, index, 'item'],
              message: t(
                `assist.items 里没有“${item}”：请补上，或改用已有的。`,
                `There is no item "${item}" under assist.items: add it or name one that is there.`,
              ),
            },
          ],
    ),
    ...given
      .filter((item) => !named.includes(item))
      .map((item) => ({
        path: at,
        message: t(
          `项目“${item}”没有入口：请在 doors 补一行。`,
          `The item "${item}" has no entry: add a row to doors.`,
        ),
      })),
  ];
}

function checkInstead(service: Row, code: string, known: ReadonlySet<string>): Finding[] {
  const named = Array.isArray(service.instead) ? service.instead : [];
  return named.flatMap((other, index): Finding[] =>
    typeof other !== 'string' || (known.has(other) && other !== code)
      ? []
      : [
          {
            path: ['services', code, 'instead', index],
            message: t(
              `“${other}”不是计划里的另一项服务：请改用已有的。`,
              `"${other}" is no other service of the plan: name one that exists.`,
            ),
          },
        ],
  );
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const rowOf = (value: unknown): Row => (isRow(value) ? value : {});
const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value.map(rowOf) : []);
