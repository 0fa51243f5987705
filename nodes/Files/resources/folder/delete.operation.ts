import { deleteOperation } from '../../shared/delete';

export const deleteFolder = deleteOperation('folder');
