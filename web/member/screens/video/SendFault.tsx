import { ApiProblem } from '../../../shared/api.ts';
import { m } from '../../../shared/paraglide/messages.js';
import { Refusal } from '../../pieces/Refusal.tsx';
import { ActionFault } from '../../ui/Loaded.tsx';

/** Why a request was not taken: its reasons, its fields, or that nobody was reached. */
export function SendFault({ error, name, hotline }: { error: Error | null; name: string; hotline: string }) {
  const document = error instanceof ApiProblem ? error.document : undefined;
  if (document?.reasons)
    return <Refusal title={m.cannot_apply({ name })} reasons={document.reasons} hotline={hotline} />;
  if (document?.problems?.length)
    return (
      <ul role="alert" className="mt-3 rounded-xl bg-late-tint px-3 py-2 text-late">
        {document.problems.map(({ pointer, message }) => (
          <li key={pointer}>{message}</li>
        ))}
      </ul>
    );
  return <ActionFault error={error} />;
}
