/** The bytes that are signed: the laboratory's text with person, signer, time and how the identity was checked. */
import { formatInstant } from '#domain/calendar/day.ts';
import type { Plan } from '#domain/plan/schema.ts';
import type { Identity } from '#server/persons/queries.ts';

export type ConsentText = Plan['informedConsents'][number];

/** The newest text of a laboratory for a service; undefined: the plan has none. */
export const findInformedConsent = (plan: Plan, service: string, laboratory: string): ConsentText | undefined =>
  plan.informedConsents
    .filter((one) => one.service === service && one.laboratory === laboratory)
    .sort((a, b) => b.version - a.version)[0];

/** Plain text in UTF-8, both languages, so that it can still be read and verified by anybody in thirty years. */
export function composeDocument(of: {
  text: ConsentText;
  laboratory: string;
  caseNumber: string;
  tested: Pick<Identity, 'name' | 'idNumber'>;
  signer: { name: string; as: 'tested-person' | 'guardian'; phoneEnd: string };
  at: Date;
}): Buffer {
  const { text, tested, signer } = of;
  return Buffer.from(
    [
      text.title.zh,
      text.title.en,
      `第 ${text.version} 版 · version ${text.version}`,
      `服务单 · case: ${of.caseNumber}`,
      `检测机构 · laboratory: ${of.laboratory}`,
      `受检者 · tested person: ${tested.name}, ${tested.idNumber}`,
      `签署人 · signed by: ${signer.name} (${signer.as === 'guardian' ? '监护人 · guardian' : '受检者本人 · the tested person'})`,
      `签署时间 · signed at: ${formatInstant(of.at)}`,
      `身份核验 · identity: 登录本人账户，并输入发到手机（尾号 ${signer.phoneEnd}）的验证码 · signed in, with a code sent to the telephone ending in ${signer.phoneEnd}`,
      '',
      text.text.zh.trim(),
      '',
      text.text.en.trim(),
      '',
    ].join('\n'),
    'utf8',
  );
}
