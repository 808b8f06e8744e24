import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { m } from '../../shared/paraglide/messages.js';
import { useBackCloses } from './use-back-closes.ts';

interface SheetProps {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** The buttons; they stay in view while the content scrolls. */
  actions?: ReactNode;
}

/** A sheet from below, the only kind of dialog here; a sheet never opens another. */
export function Sheet({ open, title, onClose, children, actions }: SheetProps) {
  useBackCloses(open, onClose);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-veil" />
        <Dialog.Popup className="rise fixed inset-x-0 bottom-0 z-30 mx-auto flex max-h-[92dvh] max-w-xl flex-col rounded-t-2xl bg-card outline-none">
          <div className="flex items-center gap-2 px-4 pt-3">
            <Dialog.Title className="flex-1 text-lg font-semibold">{title}</Dialog.Title>
            <Dialog.Close aria-label={m.close()} className="-mr-2 grid size-11 place-items-center">
              <X aria-hidden className="size-5" />
            </Dialog.Close>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself must be reachable by keyboard */}
          <section tabIndex={0} aria-label={title} className="-outline-offset-4 overflow-y-auto px-4 pb-4">
            {children}
          </section>
          {actions && (
            <div className="flex flex-col gap-2 border-t border-line px-4 pt-3 pb-[max(1rem,env(safe-area-inset-bottom))]">
              {actions}
            </div>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
