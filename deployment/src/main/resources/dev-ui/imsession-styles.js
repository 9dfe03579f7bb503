import { css } from 'lit';

/** The styles of all pages. */
export const pageStyles = css`
    :host {
        display: flex;
        flex-direction: column;
        height: 100%;
        padding: 0 10px;
        box-sizing: border-box;
    }
    vaadin-grid {
        flex: 1;
        min-height: 12em;
    }
    code, pre {
        font-family: monospace;
        font-size: var(--lumo-font-size-s);
    }
    .message {
        padding: var(--lumo-space-m);
        margin-bottom: var(--lumo-space-s);
        border-radius: var(--lumo-border-radius-m);
        background: var(--lumo-contrast-5pct);
        color: var(--lumo-body-text-color);
    }
    .error {
        background: var(--lumo-error-color-10pct);
        color: var(--lumo-error-text-color);
    }
`;

/** The page of sessions. */
export const sessionStyles = css`
    .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--lumo-space-m);
        padding-bottom: var(--lumo-space-s);
    }
    .search {
        flex: 1;
        min-width: 16em;
        max-width: 40em;
    }
    .space {
        flex: 1;
    }
    vaadin-grid-cell-content {
        font-size: var(--lumo-font-size-s);
    }
    vaadin-icon {
        --vaadin-icon-size: var(--lumo-icon-size-s);
        width: var(--lumo-icon-size-s);
        height: var(--lumo-icon-size-s);
    }
    .footer {
        display: flex;
        align-items: center;
        justify-content: flex-end;
        gap: var(--lumo-space-s);
        padding: var(--lumo-space-xs) 0;
        color: var(--lumo-secondary-text-color);
        font-size: var(--lumo-font-size-s);
    }
    .reference {
        border: none;
        border-radius: var(--lumo-border-radius-m);
        margin: 1px 4px 1px 0;
        padding: 2px 8px;
        background: var(--lumo-primary-color-10pct);
        color: var(--lumo-primary-text-color);
        font-family: monospace;
        font-size: var(--lumo-font-size-s);
        cursor: pointer;
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
    }
    .details {
        padding: var(--lumo-space-s) var(--lumo-space-l);
        color: var(--lumo-body-text-color);
    }
    .details pre {
        margin: 0;
        padding: var(--lumo-space-s) var(--lumo-space-m);
        max-height: 24em;
        overflow: auto;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        border-radius: var(--lumo-border-radius-m);
        background: var(--lumo-contrast-5pct);
    }
    .facts {
        margin-bottom: var(--lumo-space-xs);
        color: var(--lumo-secondary-text-color);
        font-size: var(--lumo-font-size-s);
        overflow-wrap: anywhere;
    }
`;
