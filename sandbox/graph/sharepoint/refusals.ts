import { RefusedError } from '../refused';

/** SharePoint's errors, as Graph passes them on. */

export function invalidRequest(message: string): RefusedError {
	return new RefusedError(400, 'invalidRequest', message);
}

export function notFound(message = 'The resource could not be found.'): RefusedError {
	return new RefusedError(404, 'itemNotFound', message);
}

export function nameTaken(message: string): RefusedError {
	return new RefusedError(409, 'nameAlreadyExists', message);
}

export function accessDenied(): RefusedError {
	return new RefusedError(403, 'accessDenied', 'Access denied');
}
