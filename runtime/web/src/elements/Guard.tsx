// Keeps a fault in one element from taking the page down.

import { Component, type ReactNode } from "react";

interface Props {
  name: string;
  /** Another value tries again. */
  resetKey: string;
  children: ReactNode;
}

interface State {
  error: Error | null;
  failedAt: string;
}

export class Guard extends Component<Props, State> {
  override state: State = { error: null, failedAt: "" };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return state.failedAt === props.resetKey ? null : { error: null, failedAt: props.resetKey };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div className="state state-error" role="alert">
        <p>This element could not be drawn.</p>
        <details>
          <summary>Details</summary>
          <pre>{`${this.props.name}: ${error.message}`}</pre>
        </details>
        <button type="button" className="button button-secondary" onClick={() => this.setState({ error: null })}>
          Try again
        </button>
      </div>
    );
  }
}
