import type { Language } from '#server/platform/problem.ts';

/** What the auditor reads for an action. An action that is not here shows its code. */
const labels: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'audit.searched': ['查询审计记录', 'Searched the audit'],
  'audit.verified': ['校验审计记录', 'Verified the audit'],
  'paper.uploaded': ['上传材料', 'Uploaded a paper'],
  'paper.listed': ['查看材料目录', 'Read the list of papers'],
  'paper.previewed': ['预览材料', 'Looked at a paper'],
  'paper.downloaded': ['下载材料原件', 'Downloaded the original of a paper'],
  'paper.attached': ['提交材料', 'Handed in a paper to a case'],
  'paper.accepted': ['材料通过', 'Accepted a paper'],
  'paper.rejected': ['材料退回', 'Rejected a paper'],
  'paper.replaced': ['材料已更换', 'Replaced a paper'],
  'paper.received': ['材料重新待审', 'Set a paper back to received'],
  'consent.given': ['同意共享信息', 'Gave a consent'],
  'consent.withdrawn': ['撤回同意', 'Withdrew a consent'],
  'consent.listed': ['查看同意记录', 'Read the consents'],
  'disclosure.made': ['向服务商披露', 'Disclosed to a provider'],
  'disclosure.listed': ['查看披露记录', 'Read the disclosures'],
  'keys.rotated': ['轮换密钥', 'Rotated the keys'],
  'case.opened': ['提交申请', 'Filed a request'],
  'case.moved': ['推进案件', 'Moved a case'],
  'case.read': ['查看案件', 'Read a case'],
  'case.assigned': ['分派案件', 'Assigned a case'],
  'person.revealed': ['查看完整身份信息', 'Revealed a person'],
  'session.started': ['登录', 'Signed in'],
  'session.ended': ['退出登录', 'Signed out'],
};

/** Every action with a label, for the search form and the test that keeps the codes in one style. */
export const labelledActions: readonly string[] = Object.keys(labels);

/** The action in the caller's words. */
export function actionLabel(action: string, language: Language): string {
  const found = labels[action];
  if (!found) return action;
  return language === 'zh' ? found[0] : found[1];
}
