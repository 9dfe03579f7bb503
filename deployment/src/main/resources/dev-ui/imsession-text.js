/** The text of a page about a failed call. */
export function message(failure) {
    return failure.error?.message ?? failure.message ?? 'The application did not answer';
}

/** A time as text, in the time zone of the browser. */
export function date(millis) {
    return new Date(millis).toLocaleString();
}

/** How long ago a time was. */
export function ago(millis) {
    const passed = Date.now() - millis;
    return passed < 1000 ? 'just now' : `${duration(passed)} ago`;
}

/** How long it is until a time. */
export function until(millis) {
    const left = millis - Date.now();
    return left <= 0 ? 'now' : `in ${duration(left)}`;
}

/** A duration in its largest whole unit. */
function duration(millis) {
    for (const [unit, length] of [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000]]) {
        if (millis >= length) {
            return `${Math.floor(millis / length)} ${unit}`;
        }
    }
    return `${Math.ceil(millis / 1000)} s`;
}

/** The size of the data of a session in the list. */
export function size(session) {
    const bytes = session.bytes < 1024 ? `${session.bytes} B` : `${(session.bytes / 1024).toFixed(1)} KB`;
    return `${session.fields} field${session.fields === 1 ? '' : 's'}, ${bytes}`;
}
