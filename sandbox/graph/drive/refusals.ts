import { RefusedError } from '../refused';

/** Errors of OneDrive and SharePoint, by learn.microsoft.com/onedrive/developer/rest-api/concepts/errors. */

export const notFound = (message = 'The resource could not be found.'): RefusedError =>
	new RefusedError(404, 'itemNotFound', message);

export const invalid = (message: string): RefusedError =>
	new RefusedError(400, 'invalidRequest', message);

export const nameTaken = (): RefusedError =>
	new RefusedError(
		409,
		'nameAlreadyExists',
		'An item with the same name already exists under the parent',
	);

export const denied = (message = 'Access denied'): RefusedError =>
	new RefusedError(403, 'accessDenied', message);

export const locked = (by: string): RefusedError =>
	new RefusedError(423, 'resourceLocked', `The file is checked out for editing by ${by}.`);

export const notSupported = (message: string): RefusedError =>
	new RefusedError(406, 'notSupported', message);
