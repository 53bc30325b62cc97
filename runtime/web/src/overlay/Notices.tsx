// Toasts in the corner, and the live region of the page.

import { Icon } from "../layout/icons";
import { announcementKey, dismiss, noticesKey } from "../state/notices";
import { useValue } from "../state/store";

export function Notices() {
  const notices = useValue(noticesKey);
  const announcement = useValue(announcementKey);
  return (
    <>
      <div className="visually-hidden" role="status" aria-live="polite">
        {announcement}
      </div>
      <section className="notices" aria-label="Notifications">
        {notices.map((notice) => (
          <div key={notice.id} className={`notice notice-${notice.level}`} role={notice.level === "error" ? "alert" : "status"}>
            <div className="notice-text">
              <p>{notice.text}</p>
              {notice.details.map((line) => (
                <p key={line} className="notice-detail">
                  {line}
                </p>
              ))}
            </div>
            {notice.action && (
              <button type="button" className="button button-text" onClick={notice.action.run}>
                {notice.action.text}
              </button>
            )}
            <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismiss(notice.id)}>
              <Icon name="x" />
            </button>
          </div>
        ))}
      </section>
    </>
  );
}
