import { create } from 'zustand';

/** Whether the host answers; false while it is looked for again. */
export const useConnection = create<{ readonly connected: boolean }>()(() => ({ connected: true }));

export function setConnected(connected: boolean): void {
  if (useConnection.getState().connected !== connected) useConnection.setState({ connected });
}
