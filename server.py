"""The application for any ASGI server: ``uvicorn server:app``, or ``python server.py`` on port 8000."""

import uvicorn

from cis_graph.serving import application
from cis_graph.settings import Settings

app = application(Settings.from_environment())

if __name__ == "__main__":
    uvicorn.run(app)
