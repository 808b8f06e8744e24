import { Button } from 'antd';
import { m } from '../messages.ts';

type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** The way to the rest of a long list, when there is one. */
export function More({ query }: { query: Paged }) {
  if (!query.hasNextPage) return null;
  return (
    <div className="work-more">
      <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {m.console_more()}
      </Button>
    </div>
  );
}
