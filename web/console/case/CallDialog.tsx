import { Modal } from 'antd';
import { useCase } from '../data/queries.ts';
import { m } from '../messages.ts';
import { Notice } from '../states/Notice.tsx';
import { Screen } from '../states/Screen.tsx';
import { CallTable } from './CallLog.tsx';
import { EventForm } from './EventForm.tsx';

/** A call logged from the list: the calls before it, and the same form as in the case. */
export function CallDialog({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const found = useCase(caseId);
  return (
    <Modal
      open
      title={<h2>{found.data ? m.console_work_call_of({ number: found.data.number }) : m.console_work_call()}</h2>}
      footer={null}
      width={520}
      onCancel={onClose}
    >
      <Screen query={found}>
        {(view) => {
          const event = view.allowed.find(({ type }) => type === 'logCall');
          return (
            <div className="stack">
              {view.calls.length > 0 ? <CallTable calls={view.calls} /> : null}
              {event ? (
                <EventForm view={view} opened={{ event, version: view.version, start: {} }} onClose={onClose} />
              ) : (
                <Notice tone="plain" title={m.console_call_none_now()} />
              )}
            </div>
          );
        }}
      </Screen>
    </Modal>
  );
}
