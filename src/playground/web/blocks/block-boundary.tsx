import { Component, type ReactNode } from 'react';

type Props = { readonly type: string; readonly children: ReactNode };

/** Shows a note in place of a block that failed to render. React requires a class here. */
export class BlockBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <p className="block-note">This block ({this.props.type}) cannot be shown.</p>;
  }
}
