import type { Documents } from '../base/documents.ts';
import { fingerprintOf, isDraft } from '../measures/model/draft-mark.ts';
import type { OssieModel } from '../measures/model/ossie.ts';

/** Drafted models that an admin confirmed in Slack. Errors: those of the store. */
export type ModelConfirmations = {
  /**
   * Whether a person stands behind this model: nobody drafted it, or an admin confirmed it as it is now. False where the
   * store cannot say.
   */
  holds(source: string, model: OssieModel): Promise<boolean>;
  confirm(source: string, model: OssieModel): Promise<void>;
  /** False when it was not confirmed in Slack. */
  withdraw(source: string): Promise<boolean>;
};

/** Kept as documents, reread for each question: another process may have confirmed or withdrawn one. */
export function createModelConfirmations(documents: Documents): ModelConfirmations {
  const confirmed = async (source: string): Promise<unknown> =>
    (await documents.all()).find(({ id }) => id === source)?.value;
  return {
    async holds(source, model) {
      if (!isDraft(model)) return true;
      const kept = await confirmed(source).catch(() => undefined);
      return (kept as { readonly model?: string } | undefined)?.model === fingerprintOf(model);
    },
    confirm: (source, model) => documents.put(source, { model: fingerprintOf(model) }),
    async withdraw(source) {
      if ((await confirmed(source)) === undefined) return false;
      await documents.delete(source);
      return true;
    },
  };
}
