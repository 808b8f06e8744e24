import { Ban, Check, Clock3, Info, Phone, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type Tone = 'done' | 'soon' | 'late' | 'quiet' | 'brand' | 'phone';

const TONES: Record<Tone, { className: string; icon: typeof Check }> = {
  done: { className: 'bg-done-tint text-done', icon: Check },
  soon: { className: 'bg-soon-tint text-soon', icon: Clock3 },
  late: { className: 'bg-late-tint text-late', icon: TriangleAlert },
  quiet: { className: 'bg-sunk text-ink-2', icon: Ban },
  brand: { className: 'bg-brand-tint text-brand-text', icon: Info },
  phone: { className: 'bg-sunk text-ink-2', icon: Phone },
};

/** A state in a word, with an icon, so that no colour speaks alone. */
export function Chip({ tone, children }: { tone: Tone; children: ReactNode }) {
  const { className, icon: Icon } = TONES[tone];
  return (
    <span className={`chip ${className}`}>
      <Icon aria-hidden className="size-3.5 flex-none" />
      {children}
    </span>
  );
}
