export const text = (length: number) => 'x'.repeat(length);
export const plain = (value: string) => ({ type: 'plain_text', text: value });
export const button = (extra: object = {}) => ({ type: 'button', action_id: 'go', text: plain('Go'), ...extra });
