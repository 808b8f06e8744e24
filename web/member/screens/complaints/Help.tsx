import { useState } from 'react';
import { Link } from 'react-router';
import { m } from '../../../shared/paraglide/messages.js';
import { useCallBacks } from '../../data/queries.ts';
import { Hotline } from '../../pieces/Benefit.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { CardsSkeleton } from '../../ui/Skeleton.tsx';
import { useAbout } from './about.ts';
import { CallBack } from './CallBack.tsx';
import { FileSheet } from './FileSheet.tsx';

/** Somebody who helps: a call back, a complaint, the hotline. What it is about comes with the address. */
export default function Help() {
  const about = useAbout();
  const calls = useCallBacks();
  const [filing, setFiling] = useState(false);
  return (
    <Page title={m.help_title()} up="/m/me">
      <p className="text-ink-2">{m.help_lead()}</p>
      {about.what && <p className="mt-2 font-medium">{m.help_about({ what: about.what })}</p>}
      <Loaded query={calls} skeleton={<CardsSkeleton count={2} />}>
        {(mine) => (
          <>
            <CallBack mine={mine} about={about} />
            <section className="card mt-3" aria-label={m.help_complain_title()}>
              <h2 className="text-lg font-semibold">{m.help_complain_title()}</h2>
              <p className="mt-1 text-ink-2">{m.help_complain_text()}</p>
              <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
                <button type="button" className="btn btn-ghost" aria-haspopup="dialog" onClick={() => setFiling(true)}>
                  {m.help_complain()}
                </button>
                <Link className="link" to="/m/complaints">
                  {m.help_my_complaints()}
                </Link>
              </div>
            </section>
            <section className="card mt-3" aria-label={m.help_hotline_title()}>
              <h2 className="text-lg font-semibold">{m.help_hotline_title()}</h2>
              <p className="mt-1 text-ink-2">{m.help_hotline_text()}</p>
              <Hotline number={mine.hotline} />
            </section>
          </>
        )}
      </Loaded>
      {filing && <FileSheet about={about} onClose={() => setFiling(false)} />}
    </Page>
  );
}
