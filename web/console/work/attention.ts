import { m } from '../messages.ts';

/** Why a case asks for a second look, in words; a reason that came with a newer chart is shown as it is. */
export function attentionName(code: string): string {
  const names: Record<string, () => string> = {
    'provider-silent': m.console_attention_provider_silent,
    'review-by-rule': m.console_attention_review_by_rule,
    'call-before-closing': m.console_attention_call_before_closing,
    'asks-another-manager': m.console_attention_asks_another_manager,
    'escort-absent': m.console_attention_escort_absent,
    'call-before-giving-up': m.console_attention_call_before_giving_up,
    'aid-window-over': m.console_attention_aid_window_over,
    'boxes-to-check': m.console_attention_boxes_to_check,
    'severe-reaction': m.console_attention_severe_reaction,
    'follow-up-due': m.console_attention_follow_up_due,
    'visit-unreported': m.console_attention_visit_unreported,
  };
  if (code.startsWith('late-')) return m.console_attention_late();
  return names[code]?.() ?? code;
}
