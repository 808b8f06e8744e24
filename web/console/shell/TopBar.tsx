import { QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { SessionView } from '../../shared/types.ts';
import { m } from '../messages.ts';
import { urls } from '../urls.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { worksCases } from './desks.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';

type TopBarProps = { session: SessionView; onHelp: () => void };

/** Search, language, and who is signed in. */
export function TopBar({ session, onHelp }: TopBarProps) {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const asked = params.get('q') ?? '';
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
  return (
    <header className="top">
      {worksCases(session.account.role) ? (
        <search>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              navigate(urls.work({ q: text.trim() }));
            }}
          >
            <Input
              id="console-search"
              aria-label={m.console_search()}
              placeholder={m.console_search_hint()}
              prefix={<SearchOutlined aria-hidden />}
              suffix={<kbd aria-hidden>/</kbd>}
              value={text}
              allowClear
              maxLength={64}
              onChange={(event) => {
                setText(event.target.value);
                if (event.target.value === '' && asked) navigate(urls.work());
              }}
              onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
            />
          </form>
        </search>
      ) : null}
      <span className="grow" />
      <span className="meta">{session.insurer.name}</span>
      <Button
        type="text"
        icon={<QuestionCircleOutlined />}
        onClick={onHelp}
        aria-label={m.console_keys_title()}
        className="keys-help"
      />
      <LanguageSwitch />
      <AccountMenu session={session} />
    </header>
  );
}
