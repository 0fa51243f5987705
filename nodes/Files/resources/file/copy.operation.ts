import { copyOperation } from '../../shared/copy';

export const copy = copyOperation('file');
