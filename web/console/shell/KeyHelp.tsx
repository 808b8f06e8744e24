import { Modal } from 'antd';
import { m } from '../messages.ts';

/** Every shortcut on one card. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const keys: [string, string][] = [
    ['j', m.console_keys_next()],
    ['k', m.console_keys_previous()],
    ['Enter', m.console_keys_open()],
    ['x', m.console_keys_select()],
    ['c', m.console_keys_call()],
    ['/', m.console_keys_search()],
    ['Esc', m.console_keys_close()],
    ['?', m.console_keys_help()],
  ];
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={m.console_keys_title()} width={420}>
      <dl className="pairs">
        {keys.map(([key, does]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
