import { type ReactNode, useId } from 'react';
import { m } from '../../shared/paraglide/messages.js';

interface FieldProps {
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  required?: boolean;
  children: (control: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
    'aria-required': boolean;
  }) => ReactNode;
}

/** A label, its control, what helps and what is wrong, tied together for those who hear the page. */
export function Field({ label, hint, fault, required = true, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}h`, fault && `${id}f`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="mt-4">
      <label htmlFor={id} className="block font-medium">
        {label} {!required && <span className="text-sm font-normal text-ink-2">{m.optional()}</span>}
      </label>
      {hint && (
        <p id={`${id}h`} className="text-sm text-ink-2">
          {hint}
        </p>
      )}
      <div className="mt-1">
        {children({ id, 'aria-describedby': described, 'aria-invalid': Boolean(fault), 'aria-required': required })}
      </div>
      <FieldFault id={`${id}f`} fault={fault} />
    </div>
  );
}

/** The same for a set of choices. */
export function FieldGroup({
  label,
  hint,
  fault,
  required = true,
  children,
}: Omit<FieldProps, 'children'> & { children: ReactNode }) {
  const id = useId();
  const described = [hint && `${id}h`, fault && `${id}f`].filter(Boolean).join(' ') || undefined;
  return (
    <fieldset className="mt-4" aria-describedby={described}>
      <legend className="font-medium">
        {label} {!required && <span className="text-sm font-normal text-ink-2">{m.optional()}</span>}
      </legend>
      {hint && (
        <p id={`${id}h`} className="text-sm text-ink-2">
          {hint}
        </p>
      )}
      <div className="mt-1">{children}</div>
      <FieldFault id={`${id}f`} fault={fault} />
    </fieldset>
  );
}

function FieldFault({ id, fault }: { id: string; fault: string | undefined }) {
  return (
    <p id={id} role={fault ? 'alert' : undefined} className={fault ? 'mt-1 text-sm font-medium text-late' : 'hidden'}>
      {fault}
    </p>
  );
}
