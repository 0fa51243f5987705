import { renameOperation } from '../../shared/rename';

export const rename = renameOperation('file');
