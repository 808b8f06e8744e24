import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { m } from '../messages.ts';
import { canScan, Scanner } from './Scanner.tsx';

export type Pack = { code: string; batch: string; expiresOn: string };
type PacksProps = { packs: Pack[]; onChange: (packs: Pack[]) => void; faults: Readonly<Record<string, string>> };

/** One line a pack. A scanner types the code and ends it with Enter; batch and expiry follow the pack before. */
export function Packs({ packs, onChange, faults }: PacksProps) {
  const [typed, setTyped] = useState('');
  const [scanning, setScanning] = useState(false);
  const add = (text: string) => {
    const code = text.replace(/\s/g, '');
    setTyped('');
    if (code === '' || packs.some((one) => one.code === code)) return;
    const last = packs.at(-1);
    onChange([...packs, { code, batch: last?.batch ?? '', expiresOn: last?.expiresOn ?? '' }]);
  };
  const set = (at: number, change: Partial<Pack>) =>
    onChange(packs.map((one, i) => (i === at ? { ...one, ...change } : one)));
  return (
    <fieldset>
      <legend>{m.console_counter_packs({ n: String(packs.length) })}</legend>
      {packs.map((pack, i) => (
        <div key={pack.code} className="pack">
          <div className="row">
            <code>{pack.code}</code>
            <Button
              size="small"
              icon={<DeleteOutlined />}
              aria-label={m.console_counter_remove({ code: pack.code })}
              onClick={() => onChange(packs.filter((_, at) => at !== i))}
            />
          </div>
          <div className="row">
            <label htmlFor={`batch-${pack.code}`}>
              {m.console_counter_batch()}
              <Input
                id={`batch-${pack.code}`}
                value={pack.batch}
                autoComplete="off"
                onChange={(e) => set(i, { batch: e.target.value })}
              />
            </label>
            <label htmlFor={`expiry-${pack.code}`}>
              {m.console_counter_expiry()}
              <Input
                id={`expiry-${pack.code}`}
                type="date"
                value={pack.expiresOn}
                onChange={(e) => set(i, { expiresOn: e.target.value })}
              />
            </label>
          </div>
        </div>
      ))}
      <label htmlFor="counter-trace">
        {m.console_counter_code()}
        <Input
          id="counter-trace"
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          onChange={(e) => setTyped(e.target.value)}
          onPressEnter={(e) => {
            // The scanner's Enter adds a pack; it does not send the form.
            e.preventDefault();
            add(typed);
          }}
        />
      </label>
      <div className="row">
        <Button onClick={() => add(typed)} disabled={typed.trim() === ''}>
          {m.console_counter_add()}
        </Button>
        {canScan() ? <Button onClick={() => setScanning(!scanning)}>{m.console_counter_scan()}</Button> : null}
      </div>
      {scanning ? (
        <Scanner
          onCode={(code) => {
            setScanning(false);
            add(code);
          }}
        />
      ) : null}
      {['traceCodes', 'batches', 'expiries'].map((name) =>
        faults[name] ? (
          <p key={name} className="fault" role="alert">
            {faults[name]}
          </p>
        ) : null,
      )}
    </fieldset>
  );
}
