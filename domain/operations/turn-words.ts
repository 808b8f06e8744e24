import type { Text } from '../plan/schema.ts';

const TURNS: Readonly<Record<string, Text>> = {
  member: { zh: '会员', en: 'Member' },
  applicant: { zh: '申请人', en: 'Applicant' },
  'service-desk': { zh: '客服', en: 'Service desk' },
  reviewer: { zh: '医学审核', en: 'Reviewer' },
  'case-manager': { zh: '个案管理师', en: 'Case manager' },
  provider: { zh: '服务商', en: 'Provider' },
  supervisor: { zh: '主管', en: 'Supervisor' },
  operations: { zh: '运营', en: 'Operations' },
  system: { zh: '系统', en: 'System' },
  nobody: { zh: '无人', en: 'Nobody' },
};

/** Whose turn a case is, in words; a code that is not here is shown as it is. */
export const turnLabel = (turn: string, lang: 'zh' | 'en'): string => TURNS[turn]?.[lang] ?? turn;
