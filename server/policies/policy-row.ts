import { type Day, instantAt } from '#domain/calendar/day.ts';
import { type IdType, readIdDocument } from '#domain/identity/id-document.ts';
import { SettlementParameters } from '#domain/money/terms.ts';
import type { FileRow } from '#server/imports/rows.ts';
import type { ImportCtx } from '#server/imports/runs.ts';
import type { Identity } from '#server/persons/queries.ts';

export type PolicyState = 'in-force' | 'suspended' | 'terminated';

export type PolicyTerms = {
  readonly product: string;
  readonly effectiveFrom: Day;
  readonly expiresOn: Day;
  readonly coolingOffEndsOn: Day | null;
  readonly waitingEndsOn: Day | null;
  readonly renewedFrom: string | null;
  /** `settlement`, where it is there, has the shape of SettlementParameters; whatever else the feed sends is kept. */
  readonly parameters: Readonly<Record<string, unknown>>;
};

/** A row of the file as the contract 2.5 means it: one insured of one policy. `fault` names further faults of it. */
export type PolicyRow = {
  readonly line: number;
  readonly policyNo: string;
  readonly terms: PolicyTerms;
  readonly state: PolicyState;
  readonly stateFrom: Date;
  readonly insured: Identity;
  readonly holder: Identity;
  readonly fault: FileRow['fault'];
};

type Cells = Omit<PolicyTerms, 'parameters'> & {
  policyNo: string;
  state: PolicyState;
  stateFrom: Date;
  parameters: PolicyTerms['parameters'] | null;
};
type Person = 'insured' | 'holder';
/** The columns of each person. */
export const PERSON_COLUMNS = {
  insured: { name: 'name', idType: 'idType', idNumber: 'idNumber', bornOn: 'bornOn', sex: 'sex', phone: 'phone' },
  holder: {
    name: 'policyholderName',
    idType: 'policyholderIdType',
    idNumber: 'policyholderIdNumber',
    bornOn: 'policyholderBornOn',
    sex: null,
    phone: 'policyholderPhone',
  },
} as const;

/** The row with its dates and documents checked; undefined when it has a fault (then among the row's). */
export function readPolicyRow(row: FileRow, plans: ImportCtx['plans'], today: Day): PolicyRow | undefined {
  const insured = readPerson(row, 'insured', today);
  const holder = readPerson(row, 'holder', today);
  const { product: code } = row.values;
  if (typeof code === 'string' && !plans.some(({ plan }) => plan === code))
    row.fault('product', 'unknown-product', '没有这个产品代码的服务计划', 'there is no plan with this code');
  if (row.faults.length > 0 || !insured || !holder) return undefined;
  const { policyNo, state, stateFrom, parameters, ...rest } = row.values as unknown as Cells;
  const { product, effectiveFrom, expiresOn, coolingOffEndsOn, waitingEndsOn, renewedFrom } = rest;
  const terms = {
    product,
    effectiveFrom,
    expiresOn,
    coolingOffEndsOn,
    waitingEndsOn,
    renewedFrom,
    parameters: parameters ?? {},
  };
  checkTerms(row, terms, policyNo);
  checkParameters(row, terms.parameters);
  if (holder.idNumber === insured.idNumber) checkSamePerson(row, insured, holder);
  if (row.faults.length > 0) return undefined;
  const phone = insured.phone || holder.phone;
  const self = holder.idNumber === insured.idNumber ? { ...insured, phone } : undefined;
  return {
    line: row.line,
    policyNo,
    terms,
    state,
    stateFrom,
    insured: self ?? insured,
    holder: self ?? holder,
    fault: row.fault,
  };
}

function checkTerms({ fault }: FileRow, terms: PolicyTerms, policyNo: string): void {
  const { effectiveFrom, expiresOn, coolingOffEndsOn, waitingEndsOn } = terms;
  if (expiresOn < effectiveFrom) fault('expiresOn', 'before-start', '满期日早于生效日', 'is before the policy begins');
  for (const [column, day, zh] of [
    ['coolingOffEndsOn', coolingOffEndsOn, '犹豫期'],
    ['waitingEndsOn', waitingEndsOn, '等待期'],
  ] as const) {
    if (day === null) continue;
    if (day < effectiveFrom) fault(column, 'before-start', `${zh}截止日早于生效日`, 'is before the policy begins');
    if (day > expiresOn && effectiveFrom <= expiresOn)
      fault(column, 'after-end', `${zh}截止日晚于满期日`, 'is after the policy ends');
  }
  if (terms.renewedFrom === policyNo)
    fault('renewedFrom', 'own-number', '续保自保单号与保单号相同', 'is the policy itself');
}

/** The figures that this policy settles by [2.6.2.6]; each fault names the figure inside the cell. */
function checkParameters({ fault }: FileRow, { settlement }: PolicyTerms['parameters']): void {
  const read = SettlementParameters.safeParse(settlement ?? {});
  for (const issue of read.error?.issues ?? []) {
    const at = ['settlement', ...issue.path].join('.');
    const keys = issue.code === 'unrecognized_keys' ? `${issue.keys.join('、')}：` : '';
    fault(
      'parameters',
      'bad-settlement',
      `${keys}${at} 不对：金额是整数（分，0 到 100 亿），比例是 0 到 10000（万分之一），限额可以是 null`,
      `${keys.replace('：', ': ')}${at} is wrong: amounts are whole 分 from 0 to 10000000000, ratios 0 to 10000 (10000 is all), limits may be null`,
    );
  }
}

function readPerson(row: FileRow, who: Person, today: Day): Identity | undefined {
  const columns = PERSON_COLUMNS[who];
  const value = (column: string | null) => (column === null ? null : (row.values[column] as string | null));
  const [name, idType, raw] = [value(columns.name), value(columns.idType) as IdType | null, value(columns.idNumber)];
  if (name === null || idType === null || raw === null) return undefined;
  const read = readIdDocument(idType, raw);
  if ('fault' in read) {
    const [zh, en] = ID_FAULTS[read.fault];
    row.fault(columns.idNumber, `id-${read.fault}`, zh, en);
    return undefined;
  }
  const [bornOn, sex] = [value(columns.bornOn), value(columns.sex) as 'F' | 'M' | null];
  if (bornOn !== null && read.bornOn !== undefined && bornOn !== read.bornOn)
    row.fault(
      columns.bornOn,
      'other-than-id',
      '与身份证号码中的出生日期不一致',
      'is not the birth date in the ID number',
    );
  if (sex !== null && read.sex !== undefined && sex !== read.sex)
    row.fault(columns.sex, 'other-than-id', '与身份证号码中的性别不一致', 'is not the sex in the ID number');
  const born = bornOn ?? read.bornOn;
  if (born === undefined) {
    row.fault(columns.bornOn, 'missing', '不是居民身份证时必填', 'must not be empty unless the ID is a resident ID');
    return undefined;
  }
  if (born > today || born < '1900-01-01')
    row.fault(
      columns.bornOn,
      'impossible-birth-day',
      '出生日期应在 1900 年至今天之间',
      'must lie between 1900 and today',
    );
  return {
    name,
    idType,
    idNumber: read.number,
    bornOn: born,
    sex: sex ?? read.sex ?? null,
    phone: value(columns.phone) ?? '',
  };
}

function checkSamePerson({ fault }: FileRow, insured: Identity, holder: Identity): void {
  for (const [field, column, zh] of [
    ['name', 'policyholderName', '姓名'],
    ['idType', 'policyholderIdType', '证件类型'],
    ['bornOn', 'policyholderBornOn', '出生日期'],
    ['phone', 'policyholderPhone', '手机号'],
  ] as const) {
    const differs =
      holder[field] !== insured[field] && (field !== 'phone' || (holder.phone !== '' && insured.phone !== ''));
    if (differs)
      fault(
        column,
        'same-person',
        `投保人与被保险人证件号码相同，${zh}却不同`,
        'the policyholder has the ID number of the insured, but this differs',
      );
  }
}

const ID_FAULTS = {
  form: ['证件号码的位数或字符不对', 'has not the form of such an ID number'],
  'birth-day': ['身份证号码中的出生日期不存在', 'the birth date in the ID number does not exist'],
  'check-digit': [
    '身份证号码校验位不对，请核对',
    'the check digit of the ID number is wrong: compare it with the document',
  ],
} as const;

/** The first moment of the policy. */
export const startOf = (terms: PolicyTerms): Date => instantAt(terms.effectiveFrom, '00:00');
