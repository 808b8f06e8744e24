import type { DeviceFault, Surroundings } from '../../../shared/call/devices.ts';
import { m } from '../../../shared/paraglide/messages.js';

/** Where a camera and a microphone are allowed again, by where the page runs. */
const ALLOW: Record<Surroundings, () => string> = {
  'wechat-ios': m.video_allow_wechat_ios,
  'wechat-android': m.video_allow_wechat_android,
  ios: m.video_allow_ios,
  android: m.video_allow_android,
  desktop: m.video_allow_desktop,
};

/** What the person does so that it works, in one sentence. */
export function repairHint(fault: DeviceFault, where: Surroundings): string {
  if (fault === 'denied') return ALLOW[where]();
  if (fault === 'busy') return m.video_busy();
  if (fault === 'missing') return m.video_missing();
  if (fault === 'insecure') return m.video_insecure();
  return where.startsWith('wechat') ? m.video_unsupported_wechat() : m.video_unsupported();
}
