import { createContext, useContext } from 'react';

/** What an input block tells its element, to connect label, hint and error. */
export type FieldLabels = {
  readonly id: string | undefined;
  readonly labelledBy: string | undefined;
  readonly describedBy: string;
  readonly invalid: boolean;
};

/** Set by `InputBlock`. */
export const FieldContext = createContext<FieldLabels>({
  id: undefined,
  labelledBy: undefined,
  describedBy: '',
  invalid: false,
});

/** The ARIA attributes of the control in this field. */
export function useFieldAttributes() {
  const field = useContext(FieldContext);
  return {
    id: field.id,
    'aria-labelledby': field.labelledBy,
    'aria-describedby': field.describedBy || undefined,
    'aria-invalid': field.invalid || undefined,
  };
}
