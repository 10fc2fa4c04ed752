import type { Metadata } from "next";
import { SettingsScreen } from "../../settings/settings-screen";

export const metadata: Metadata = { title: "Settings" };

/** Habits and this machine. */
export default function SettingsPage() {
  return <SettingsScreen />;
}
