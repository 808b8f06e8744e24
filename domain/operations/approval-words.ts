/** What a second person reads beside each detail of what was asked. */
import type { Text } from '../plan/schema.ts';

export const APPROVAL_LABELS = {
  promise: { zh: '承诺', en: 'Promise' },
  due: { zh: '到期', en: 'Due' },
  recorded: { zh: '记录的完成时间', en: 'Met, as recorded' },
  met: { zh: '据证据的完成时间', en: 'Met, by the evidence' },
  complaint: { zh: '投诉', en: 'Complaint' },
  case: { zh: '服务单', en: 'Case' },
  person: { zh: '未成年人', en: 'Minor' },
  'opens-for': { zh: '同意后可查看（天）', en: 'Opens for (days)' },
  phone: { zh: '新手机号', en: 'New telephone number' },
  note: { zh: '处理说明', en: 'Note' },
} as const satisfies Record<string, Text>;

/** One line of it: its name, and a value that may be a code of the plan (a promise), a moment or plain text. */
export type ApprovalDetail = { label: keyof typeof APPROVAL_LABELS; value: string };
