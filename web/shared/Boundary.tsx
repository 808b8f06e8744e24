import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  /** Another value (the address) is another page, which is tried anew. */
  page: string;
  /** What stands instead of a page that cannot be shown; `reload` fetches everything again. */
  instead: (reload: () => void) => ReactNode;
  children: ReactNode;
}

const reload = () => window.location.reload();

/**
 * A part of the program that did not arrive (no network on the way to another screen, or a new version is out) leaves
 * no white page. When the network is back the page loads by itself.
 */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(): void {
    window.addEventListener('online', reload);
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (before.page !== this.props.page && this.state.failed) this.setState({ failed: false });
  }

  override componentWillUnmount(): void {
    window.removeEventListener('online', reload);
  }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead(reload) : this.props.children;
  }
}
