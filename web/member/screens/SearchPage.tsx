import { m } from '../../shared/paraglide/messages.js';
import { Search } from '../search/Search.tsx';
import { Page } from '../ui/Page.tsx';

/** The search as a page of its own. */
export default function SearchPage() {
  return (
    <Page title={m.search_title()} up="/">
      <Search focused>
        <p className="mt-3 text-ink-2">{m.search_lead()}</p>
      </Search>
    </Page>
  );
}
