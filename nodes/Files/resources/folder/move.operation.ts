import { moveOperation } from '../../shared/move';

export const move = moveOperation('folder');
