"""Chromium as the system tests use it: without a window, every request and message recorded."""

import base64
import json
import shutil
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

BINARIES = ("chromium", "chromium-browser", "google-chrome")
HEIGHT = 900
TALLEST = 6000  # pixels of a page that are photographed


class Browser:
    """A browser and the page it shows."""

    def __init__(self, screenshots: Path):
        options = webdriver.ChromeOptions()
        options.binary_location = next(filter(None, map(shutil.which, BINARIES)))
        for argument in (
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
        ):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.ChromeService(shutil.which("chromedriver"))
        self.driver = webdriver.Chrome(options=options, service=service)
        self.screenshots = screenshots

    def open(self, page: Path, *, width: int = 1280, script: bool = True) -> None:
        """Show a file in a window of some width, with or without JavaScript."""
        self._command("Emulation.setScriptExecutionDisabled", value=not script)
        self._command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=HEIGHT,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.requests(), self.messages()  # of pages before
        self.driver.get(page.resolve().as_uri())

    def quit(self) -> None:
        """End the browser."""
        self.driver.quit()

    def _command(self, name: str, **parameters: object) -> dict:
        return self.driver.execute_cdp_cmd(name, parameters)

    def requests(self) -> list[str]:
        """Addresses asked for since the last call."""
        events = (
            json.loads(each["message"])["message"] for each in self.driver.get_log("performance")
        )
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def messages(self) -> list[str]:
        """Everything in the console since the last call."""
        return [each["message"] for each in self.driver.get_log("browser")]

    def photograph(self, name: str) -> Path:
        """Write the page, up to some length, as a picture."""
        width, height = self.driver.execute_script(
            "const page = document.documentElement; return [page.clientWidth, page.scrollHeight];"
        )
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST), "scale": 1}
        shot = self._command(
            "Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip
        )
        self.screenshots.mkdir(exist_ok=True)
        path = self.screenshots / f"{name}.png"
        path.write_bytes(base64.b64decode(shot["data"]))
        return path

    # ---- the report ----

    def text(self, selector: str) -> str:
        """Text of an element as shown."""
        return self.driver.find_element(By.CSS_SELECTOR, selector).text

    def texts(self, selector: str) -> list[str]:
        """Texts of elements as shown."""
        return self.driver.execute_script(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())",
            selector,
        )

    def column(self, name: str) -> list[str]:
        """Texts of one column of the list of findings on this page of it."""
        return self.texts(f"#list td.{name}")

    def counts(self) -> tuple[int, int]:
        """Findings shown and findings there are, as the page says."""
        shown, _, total, *_ = self.text("#count").replace(",", "").split()
        return int(shown), int(total)

    def choose(self, name: str, value: str) -> None:
        """Filter by one of the lists."""
        Select(self.driver.find_element(By.ID, f"filter-{name}")).select_by_value(value)

    def click(self, selector: str) -> None:
        """Click on an element."""
        element = self.driver.find_element(By.CSS_SELECTOR, selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def press(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def tab_to(self, selector: str, *, most: int = 200) -> None:
        """Press Tab until an element has the focus."""
        for _ in range(most):
            self.press(Keys.TAB)
            if self.driver.execute_script(
                "return document.activeElement.matches(arguments[0])", selector
            ):
                return
        raise AssertionError(f"Tab does not reach {selector}")
