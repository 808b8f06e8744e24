import type { ReactNode } from 'react';
import { m } from '../messages.ts';

/** Most fields are required, so it is the optional ones that are marked. */
export function markOptional(label: ReactNode, { required }: { required: boolean }) {
  return (
    <>
      {label}
      {required ? null : <span className="meta">&nbsp;· {m.optional()}</span>}
    </>
  );
}
