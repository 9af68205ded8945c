import { Component, type ReactNode } from 'react';
import { ErrorPanel } from './error-panel.tsx';
import { words } from './words.ts';

interface Props {
  readonly children: ReactNode;
  /** Another value clears the fault: the address of the page. */
  readonly at: string;
}

interface State {
  readonly error: unknown;
  readonly at: string;
}

/** Keeps a fault in one page from taking the window with it. */
export class FaultBoundary extends Component<Props, State> {
  override state: State = { error: null, at: this.props.at };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    return props.at === state.at ? null : { error: null, at: props.at };
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <div style={{ padding: 24 }}>
        <ErrorPanel
          error={this.state.error}
          what={words.showingThisPage}
          onRetry={() => this.setState({ error: null })}
        />
      </div>
    );
  }
}
