import { stringify } from 'yaml';
import { type OssieDocument, ossieSchema, ossieVersion } from '../../core/measures/model/ossie.ts';
import { resolveModel } from '../../core/measures/model/resolve-model.ts';
import { parseYaml, readYaml, type YamlFormat } from './read-yaml.ts';

const format: YamlFormat<OssieDocument> = {
  name: 'semantic model',
  schema: ossieSchema,
  explain(issue) {
    if (issue.code === 'unrecognized_keys')
      return 'is not part of the format; correct the spelling, or put it under custom_extensions';
    return issue.path[0] === 'version' ? `write ${ossieVersion}, the version this Memori reads` : undefined;
  },
  check: (document) =>
    document.semantic_model.flatMap((model, i) =>
      resolveModel(model, undefined).problems.map(({ path, message }) => ({
        path: ['semantic_model', i, ...path],
        message,
      })),
    ),
};

/** Parses a semantic model. Errors: those of `parseYaml`. */
export const parseSemanticFile = (text: string, file: string): OssieDocument => parseYaml(text, file, format).data;

/** Reads a semantic model. Errors: those of `readYaml`. */
export const openSemanticFile = async (path: string): Promise<OssieDocument> => (await readYaml(path, format)).data;

/**
 * Writes a model as YAML. Readers of YAML 1.1, such as Ossie's own tools, read a bare `no` as false, so it is quoted.
 */
export const semanticFileText = (document: OssieDocument): string =>
  stringify(document, { lineWidth: 120, compat: 'yaml-1.1' });
